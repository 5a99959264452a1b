package com.eventuall.platform.logging;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** Formats with another formatter, then takes secrets out of the whole line, stack trace included. */
final class SecretFreeFormatter extends ExtFormatter {
    private final ExtFormatter inner;

    SecretFreeFormatter(ExtFormatter inner) {
        this.inner = inner;
    }

    @Override
    public String format(ExtLogRecord record) {
        return SecretFilter.clean(inner.format(record));
    }

    @Override
    public boolean isCallerCalculationRequired() {
        return inner.isCallerCalculationRequired();
    }
}
