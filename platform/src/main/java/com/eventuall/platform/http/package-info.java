/** What all HTTP servers of the suite have in common. */
@NullMarked
package com.eventuall.platform.http;

import org.jspecify.annotations.NullMarked;
