/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREANCE_PRIVILEGES_H
#define CREANCE_PRIVILEGES_H

#include <linux/types.h>

/* Gives up every capability, for good; becomes another user if one is given and that is allowed. 0, or -1 with errno. */
int drop_privileges(__u32 user);

#endif
