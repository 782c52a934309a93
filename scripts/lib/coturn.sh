#!/bin/sh
# Makes sure that turnserver is there, through which the browser tests send a video call.
exec scripts/lib/apt.sh turnserver coturn "to run the browser test of calls through a relay"
