#!/bin/sh
# Makes sure that Chromium is there for the browser tests.
exec scripts/lib/apt.sh chromium chromium "to run the browser tests"
