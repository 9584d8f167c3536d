#!/bin/bash
# healthy.sh PORT PATH: exits 0 when the address answers with 200. The images have no curl.
set -eu
exec 3<> "/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
read -r status <&3
case $status in
    *' 200 '*) exit 0 ;;
    *) exit 1 ;;
esac
