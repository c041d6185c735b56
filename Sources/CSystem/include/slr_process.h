#pragma once

#include <sys/types.h>

/// Starts a program in a process group of its own and in a folder: nothing to read, both of its outputs into `output`, no
/// other open file, no signal ignored or blocked. 0, or an error number.
int slr_spawn(const char *program, char *const arguments[], char *const environment[], const char *folder, int output,
              pid_t *process);

/// Catches the signals that ask for the end, but for those that are ignored, and the news of a child, and makes this
/// process the parent of what its children leave. Returns a file that can be read when one came, or -1 with errno.
int slr_watch_begin(void);

/// The signal that asked for the end; 0 if none came.
int slr_watch_signal(void);

/// Undoes `slr_watch_begin`.
void slr_watch_end(void);

/// Whether a child has ended, with its exit code or minus its signal in `status`; the child stays a zombie.
int slr_has_ended(pid_t process, int *status);

/// Kills the group of a child and every other child of this process, until there is none; what they leave becomes ours and
/// is killed, too. 0, or -1 if some are left after about ten seconds.
int slr_end_children(pid_t process);
