/** Chat and vetting over the whole suite. */
@NullMarked
package com.eventuall.e2e.chat;

import org.jspecify.annotations.NullMarked;
