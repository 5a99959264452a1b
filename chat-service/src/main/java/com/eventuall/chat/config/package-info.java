/** What an operator can set. */
@NullMarked
package com.eventuall.chat.config;

import org.jspecify.annotations.NullMarked;
