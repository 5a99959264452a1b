/** RFC 9457 problem details for every refusal, whether it comes from a route, from security or from the transport. */
@NullMarked
package com.eventuall.platform.problem;

import org.jspecify.annotations.NullMarked;
