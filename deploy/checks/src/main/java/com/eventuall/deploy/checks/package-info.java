/**
 * Checks of what is deployed, run offline: each {@link com.eventuall.deploy.checks.Check} looks at all resources of one
 * rendered overlay and says what is wrong with them. What the services need (configuration, routes, topics) is read from
 * their sources, so that nothing has to be built or started.
 */
@NullMarked
package com.eventuall.deploy.checks;

import org.jspecify.annotations.NullMarked;
