package com.eventuall.e2e.security;

import com.eventuall.e2e.SharedStack;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the security run: it gets the stack that all share, and the figures that the run ends with. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("security")
@ExtendWith({SharedStack.class, Figures.Provider.class})
@interface SecurityTest {}
