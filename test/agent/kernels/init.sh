#!/bin/busybox sh
# The first process of a virtual machine that has a kernel, this busybox and the loader: records itself for a moment and
# writes the stream to the console.
B=/bin/busybox
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
$B mkdir -p /sys/fs/cgroup
$B mount -t cgroup2 cgroup /sys/fs/cgroup
/bin/recorder --probe && echo "PROBE ok"
(
  $B sleep 2
  $B cat /etc/creance-mark
  $B ls / > /dev/null
  $B sleep 1
  echo stop
) | /bin/recorder --select SELECTION --user 65534 > /tmp/stream
echo STREAM
$B gzip -c /tmp/stream | $B base64
echo END
# The console is slower than the machine's end.
$B sleep 2
$B poweroff -f
