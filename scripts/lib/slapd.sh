#!/bin/sh
# Makes sure that slapd is there, the company directory of the tests of sign-in.
exec scripts/lib/apt.sh slapd slapd "to run the tests of sign-in with a company directory"
