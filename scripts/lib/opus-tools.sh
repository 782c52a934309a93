#!/bin/sh
# Makes sure that opusinfo is there, which judges the voice notes that the browser tests record.
exec scripts/lib/apt.sh opusinfo opus-tools "to run the browser tests of voice notes"
