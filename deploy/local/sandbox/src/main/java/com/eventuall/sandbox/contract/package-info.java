/**
 * Checks calls of a sandbox against the vendor's own API description. For tests: whoever uses it brings {@code
 * com.atlassian.oai:swagger-request-validator-core}.
 */
@NullMarked
package com.eventuall.sandbox.contract;

import org.jspecify.annotations.NullMarked;
