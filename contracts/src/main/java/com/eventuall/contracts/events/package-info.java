/**
 * The facts that the services publish on Kafka: one record per type, the table of types, and what travels in the
 * CloudEvents headers. Every event carries the full state of its subject, so that a consumer which ignores a sequence it
 * has already seen ends in the same state whatever was repeated or reordered.
 */
@NullMarked
package com.eventuall.contracts.events;

import org.jspecify.annotations.NullMarked;
