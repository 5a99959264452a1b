/**
 * The local stack: one process that starts the stores, the vendors' sandboxes and the services as child processes, is their
 * gateway, and lets tests issue passes and kill, pause and restart any part. For development only: it listens on loopback and
 * has routes that no production system may have.
 */
@NullMarked
package com.eventuall.local.launcher;

import org.jspecify.annotations.NullMarked;
