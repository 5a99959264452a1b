/** Twilio: signing chat tokens. No call to Twilio is made. */
@NullMarked
package com.eventuall.token.twilio;

import org.jspecify.annotations.NullMarked;
