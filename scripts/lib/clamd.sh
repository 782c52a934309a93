#!/bin/sh
# Makes sure that clamd is there, the virus scanner of the tests of files.
exec scripts/lib/apt.sh clamd clamav-daemon "to run the tests of files with a virus scanner"
