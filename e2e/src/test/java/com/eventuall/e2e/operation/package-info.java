/** What an operator does to a running suite: restarts, outages, tracing. Two replicas of every service. */
@NullMarked
package com.eventuall.e2e.operation;

import org.jspecify.annotations.NullMarked;
