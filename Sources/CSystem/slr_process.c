#define _GNU_SOURCE
#include "slr_process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int start(posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes, const char *program,
                 char *const arguments[], char *const environment[], const char *folder, int output, pid_t *process) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int error = 0;
  // Outputs first: their file is closed with the rest.
  if ((error = posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)) ||
      (error = posix_spawn_file_actions_adddup2(files, output, STDOUT_FILENO)) ||
      (error = posix_spawn_file_actions_adddup2(files, output, STDERR_FILENO)) ||
      (error = posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1)) ||
      (error = posix_spawn_file_actions_addchdir_np(files, folder)) ||
      (error = posix_spawnattr_setpgroup(attributes, 0)) ||
      (error = posix_spawnattr_setsigdefault(attributes, &all)) ||
      (error = posix_spawnattr_setsigmask(attributes, &none)) ||
      (error = posix_spawnattr_setflags(
           attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)))
    return error;
  return posix_spawn(process, program, files, attributes, arguments, environment);
}

int slr_spawn(const char *program, char *const arguments[], char *const environment[], const char *folder, int output,
              pid_t *process) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&files);
  if (error) return error;
  error = posix_spawnattr_init(&attributes);
  if (!error) {
    error = start(&files, &attributes, program, arguments, environment, folder, output, process);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&files);
  return error;
}

static const int watched[] = {SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
enum { watched_count = sizeof watched / sizeof *watched };

static struct sigaction before[watched_count];
static volatile sig_atomic_t caught;
static int news[2] = {-1, -1};

static void tell(int signal) {
  int error = errno;
  if (signal != SIGCHLD && !caught) caught = signal;
  // A full pipe says it already.
  if (write(news[1], "", 1) < 0) {}
  errno = error;
}

int slr_watch_begin(void) {
  if (pipe2(news, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  caught = 0;
  struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < watched_count; index++) {
    sigaction(watched[index], NULL, &before[index]);
    // What `nohup` ignores stays ignored; a child that nobody hears of could not be waited for.
    if (watched[index] == SIGCHLD || before[index].sa_handler != SIG_IGN) sigaction(watched[index], &action, NULL);
  }
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  return news[0];
}

int slr_watch_signal(void) { return caught; }

void slr_watch_end(void) {
  prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
  for (int index = 0; index < watched_count; index++) sigaction(watched[index], &before[index], NULL);
  close(news[0]);
  close(news[1]);
}

int slr_has_ended(pid_t process, int *status) {
  siginfo_t info = {0};
  if (waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
    // Nobody can wait for it: it is over, and how is not known.
    *status = -SIGKILL;
    return errno != EINTR;
  }
  if (info.si_pid == 0) return 0;
  *status = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
  return 1;
}

/// Kills the children of every thread of this process.
static void kill_children(void) {
  DIR *threads = opendir("/proc/self/task");
  if (!threads) return;
  struct dirent *thread;
  while ((thread = readdir(threads))) {
    char path[300];
    snprintf(path, sizeof path, "/proc/self/task/%s/children", thread->d_name);
    FILE *children = thread->d_name[0] == '.' ? NULL : fopen(path, "re");
    if (!children) continue;
    int child;
    while (fscanf(children, "%d", &child) == 1) kill(child, SIGKILL);
    fclose(children);
  }
  closedir(threads);
}

int slr_end_children(pid_t process) {
  // Until it is waited for, no other group can have its number.
  kill(-process, SIGKILL);
  for (int round = 0; round < 2000; round++) {
    kill_children();
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {}
    if (ended < 0 && errno == ECHILD) return 0;
    poll(NULL, 0, 5);
  }
  return -1;
}
