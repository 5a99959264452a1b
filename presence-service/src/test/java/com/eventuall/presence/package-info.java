@NullMarked
package com.eventuall.presence;

import org.jspecify.annotations.NullMarked;
