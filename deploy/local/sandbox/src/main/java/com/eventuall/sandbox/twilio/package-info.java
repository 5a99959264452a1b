/** Twilio Conversations v1 as the suite uses it: conversations and their participants, with the vendor's error codes. */
@NullMarked
package com.eventuall.sandbox.twilio;

import org.jspecify.annotations.NullMarked;
