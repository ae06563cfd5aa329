/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "privileges.h"
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int drop_privileges(__u32 user)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { { 0 } };

	if (user != 0 && geteuid() == 0) {
		/* Without CAP_SETUID, in a container say, root stays root in name, with no right left. */
		(void)!setgroups(0, 0);
		(void)!setresgid(user, user, user);
		(void)!setresuid(user, user, user);
	}
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capset, &header, none) != 0)
		return -1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
