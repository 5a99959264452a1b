/** What the services need of where they run, read from their sources: configuration keys, properties and routes. */
@NullMarked
package com.eventuall.deploy.checks.source;

import org.jspecify.annotations.NullMarked;
