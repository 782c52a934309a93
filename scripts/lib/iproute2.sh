#!/bin/sh
# Makes sure that ip is there, which makes the networks of the browser test of calls that are cut.
exec scripts/lib/apt.sh ip iproute2 "to run the browser test of calls between networks"
