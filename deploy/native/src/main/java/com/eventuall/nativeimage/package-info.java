/**
 * Writes the reachability metadata of the vendors' SDKs, which ship none. It names whole families of classes rather than
 * single ones: what is missing shows only when a native executable runs, and sometimes not even then (a Twilio grant loses
 * its fields without an error).
 */
@NullMarked
package com.eventuall.nativeimage;

import org.jspecify.annotations.NullMarked;
