import type { ByteString } from '../../model/byte-string.ts';

/** What is known of a program beforehand, so that a story need not say it. */
export interface Program {
  /** The directory that a search through PATH finds it in. */
  readonly directory: ByteString;
  /** The file behind the name, links followed. */
  readonly file: ByteString;
  /** Libraries that the loader opens, in order. */
  readonly libraries: readonly ByteString[];
  /** Files it opens for reading before it does anything else. */
  readonly opens: readonly ByteString[];
  /** Runs as root whoever starts it. */
  readonly setuid: boolean;
  /** Closes its output and error output before it exits, as the GNU tools do. */
  readonly closesOutput: boolean;
}

const LIBC = 'libc.so.6';
const SELINUX = ['libselinux.so.1', LIBC, 'libpcre2-8.so.0'];
const ACCOUNT_FILES = ['/etc/nsswitch.conf', '/etc/passwd'];

/** Programs of `/usr/sbin`; all others are found in `/usr/bin`. */
const SBIN: ReadonlySet<ByteString> = new Set(
  (
    'nginx apache2 httpd sshd cron crond chroot debugfs mkfs mke2fs iptables runc useradd userdel ' +
    'usermod groupadd groupdel adduser deluser chpasswd visudo insmod modprobe rmmod depmod sysctl ip ' +
    'service logrotate conntrack mysqld'
  ).split(' '),
);

/** What a name is a link to. */
const LINKS: ReadonlyMap<ByteString, ByteString> = new Map(
  Object.entries({
    sh: '/usr/bin/dash',
    python: '/usr/bin/python3.11',
    python3: '/usr/bin/python3.11',
    perl: '/usr/bin/perl',
    nc: '/usr/bin/nc.openbsd',
    netcat: '/usr/bin/nc.openbsd',
    awk: '/usr/bin/mawk',
    vi: '/usr/bin/vim.basic',
    insmod: '/usr/bin/kmod',
    modprobe: '/usr/bin/kmod',
    rmmod: '/usr/bin/kmod',
    iptables: '/usr/sbin/xtables-nft-multi',
    kubectl: '/usr/local/bin/kubectl',
    strings: '/usr/bin/x86_64-linux-gnu-strings',
  }),
);

const LIBRARIES: ReadonlyMap<ByteString, readonly ByteString[]> = new Map(
  Object.entries({
    ...Object.fromEntries(['ls', 'id', 'mkdir', 'cp', 'mv'].map((name) => [name, SELINUX])),
    bash: ['libtinfo.so.6', LIBC],
    curl: ['libcurl.so.4', 'libz.so.1', LIBC, 'libnghttp2.so.14', 'libssl.so.3', 'libcrypto.so.3'],
    wget: ['libuuid.so.1', 'libidn2.so.0', 'libgnutls.so.30', 'libz.so.1', LIBC],
    ssh: ['libselinux.so.1', 'libgssapi_krb5.so.2', 'libcrypto.so.3', 'libz.so.1', LIBC],
    python3: ['libm.so.6', 'libz.so.1', 'libexpat.so.1', LIBC],
    grep: ['libpcre2-8.so.0', LIBC],
    find: SELINUX,
    kmod: ['libzstd.so.1', 'liblzma.so.5', 'libcrypto.so.3', LIBC],
    gdb: ['libreadline.so.8', 'libtinfo.so.6', 'libpython3.11.so.1.0', LIBC],
    nginx: ['libcrypt.so.1', 'libpcre2-8.so.0', 'libssl.so.3', 'libcrypto.so.3', 'libz.so.1', LIBC],
  }),
);

const OPENS: ReadonlyMap<ByteString, readonly ByteString[]> = new Map(
  Object.entries({
    id: ['/proc/filesystems', ...ACCOUNT_FILES, '/etc/group'],
    date: ['/etc/localtime'],
    ls: ['/proc/filesystems'],
    mkdir: ['/proc/filesystems'],
    whoami: ACCOUNT_FILES,
    bash: ACCOUNT_FILES,
    sudo: ['/etc/sudo.conf', ...ACCOUNT_FILES, '/etc/sudoers'],
    su: [...ACCOUNT_FILES, '/etc/pam.d/su'],
  }),
);

const GNU_TOOLS: ReadonlySet<ByteString> = new Set(
  (
    'base64 basename cat chmod chown cp cut date dd env head id ln ls mkdir mv nproc readlink rm ' +
    'rmdir shred sleep sort stat tail tee touch truncate uname wc whoami'
  ).split(' '),
);

const SETUID: ReadonlySet<ByteString> = new Set(
  'sudo sudoedit su passwd chsh chfn newgrp gpasswd pkexec mount umount'.split(' '),
);

/** Tools of Alpine that are in `/bin`, and those in `/usr/bin`: all are links to busybox. */
const BUSYBOX_BIN: ReadonlySet<ByteString> = new Set(
  (
    'sh ash cat chmod chown cp date dd df echo grep gunzip gzip hostname kill ln ls mkdir mknod mount ' +
    'mv ping ps pwd rm rmdir sed sleep stat tar touch umount uname'
  ).split(' '),
);
const BUSYBOX_USR_BIN: ReadonlySet<ByteString> = new Set(
  (
    'awk base64 crontab env find head id nc nslookup passwd sort tail tee top vi wc wget which who ' + 'whoami xargs'
  ).split(' '),
);

/** What is known of the program of a name. */
export function programOf(name: ByteString, os: 'debian' | 'alpine'): Program {
  if (os === 'alpine' && (BUSYBOX_BIN.has(name) || BUSYBOX_USR_BIN.has(name))) return busybox(name);
  const directory = SBIN.has(name) ? '/usr/sbin' : name === 'kubectl' ? '/usr/local/bin' : '/usr/bin';
  const file = LINKS.get(name) ?? `${directory}/${name}`;
  const libraries = LIBRARIES.get(name) ?? LIBRARIES.get(file.slice(file.lastIndexOf('/') + 1)) ?? [LIBC];
  return {
    directory,
    file,
    libraries: os === 'alpine' ? [] : libraries,
    opens: OPENS.get(name) ?? [],
    setuid: SETUID.has(name),
    closesOutput: GNU_TOOLS.has(name),
  };
}

/** musl is loader and library in one, so a program that needs no more opens nothing. */
function busybox(name: ByteString): Program {
  const directory = BUSYBOX_BIN.has(name) ? '/bin' : '/usr/bin';
  return { directory, file: '/bin/busybox', libraries: [], opens: [], setuid: false, closesOutput: false };
}
