// The functions of libpq, looked up when the library is opened.
#ifndef SLR_LIBRARY_H
#define SLR_LIBRARY_H

#include <libpq-fe.h>

#define SLR_FUNCTIONS(X)                                                                          \
  X(PQcancel)                                                                                     \
  X(PQclear)                                                                                      \
  X(PQconnectPoll)                                                                                \
  X(PQconnectStartParams)                                                                         \
  X(PQconninfo)                                                                                   \
  X(PQconninfoFree)                                                                               \
  X(PQconninfoParse)                                                                              \
  X(PQconsumeInput)                                                                               \
  X(PQdb)                                                                                         \
  X(PQenterPipelineMode)                                                                          \
  X(PQerrorMessage)                                                                               \
  X(PQfinish)                                                                                     \
  X(PQflush)                                                                                      \
  X(PQfname)                                                                                      \
  X(PQfreeCancel)                                                                                 \
  X(PQfreemem)                                                                                    \
  X(PQftype)                                                                                      \
  X(PQgetCancel)                                                                                  \
  X(PQgetResult)                                                                                  \
  X(PQgetisnull)                                                                                  \
  X(PQgetlength)                                                                                  \
  X(PQgetvalue)                                                                                   \
  X(PQhost)                                                                                       \
  X(PQisBusy)                                                                                     \
  X(PQlibVersion)                                                                                 \
  X(PQnfields)                                                                                    \
  X(PQntuples)                                                                                    \
  X(PQparameterStatus)                                                                            \
  X(PQpipelineSync)                                                                               \
  X(PQport)                                                                                       \
  X(PQresultErrorField)                                                                           \
  X(PQresultStatus)                                                                               \
  X(PQsendQueryParams)                                                                            \
  X(PQsetErrorVerbosity)                                                                          \
  X(PQsetNoticeReceiver)                                                                          \
  X(PQsetnonblocking)                                                                             \
  X(PQsocket)                                                                                     \
  X(PQsslInUse)                                                                                   \
  X(PQstatus)                                                                                     \
  X(PQuser)

struct slr_library {
#define DECLARE(name) __typeof__(&name) name;
  SLR_FUNCTIONS(DECLARE)
#undef DECLARE
};

extern struct slr_library slr_api;

struct slr_connection {
  PGconn *libpq;
};

#endif
