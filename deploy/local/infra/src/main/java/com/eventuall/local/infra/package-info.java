/**
 * Real Redis, PostgreSQL and Kafka as processes of a test or of the local stack: on loopback ports of their own, able to be
 * killed, paused and started again on the same port, and never left behind, however their starter ends.
 */
@NullMarked
package com.eventuall.local.infra;

import org.jspecify.annotations.NullMarked;
