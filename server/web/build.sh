#!/bin/sh
# Copyright 2026 The Tern authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs what the pages stand on and builds them, each only when something changed.
set -eu
cd -- "$(dirname -- "$0")"

installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi

built=playground/dist/index.html
if [ ! -f "$built" ] || [ -n "$(find . ../../proto/src/main \
  \( -name node_modules -o -name dist -o -name gen \) -prune -o -type f -newer "$built" -print)" ]; then
  npm run build
fi
