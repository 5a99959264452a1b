/** PostgreSQL: entities, the fenced store of the workflow, and what requests and events read and write. */
@NullMarked
package com.eventuall.recording.db;

import org.jspecify.annotations.NullMarked;
