/** Bad input against the running suite: what must be refused is, nothing changes, nothing breaks, no secret gets out. */
@NullMarked
package com.eventuall.e2e.security;

import org.jspecify.annotations.NullMarked;
