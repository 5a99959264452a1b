package com.eventuall.contracts.events;

/** The Kafka headers of an event: CloudEvents 1.0, binary mode. All values are UTF-8 text. */
public final class EventHeaders {
    public static final String ID = "ce_id";
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    /** The room key. */
    public static final String SUBJECT = "ce_subject";
    /** RFC 3339, UTC. */
    public static final String TIME = "ce_time";

    public static final String DATA_SCHEMA = "ce_dataschema";
    /**
     * Decimal number, per room and source strictly increasing. Consumers ignore an event whose sequence is not greater than
     * the last one they took for that room and subject.
     */
    public static final String SEQUENCE = "ce_sequence";
    /** W3C trace context, where there is one. */
    public static final String TRACE_PARENT = "ce_traceparent";

    public static final String CONTENT_TYPE = "content-type";

    private EventHeaders() {}
}
