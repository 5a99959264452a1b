/** What all five services share at run time. Each concern has a package; here is only the common configuration. */
@NullMarked
package com.eventuall.platform;

import org.jspecify.annotations.NullMarked;
