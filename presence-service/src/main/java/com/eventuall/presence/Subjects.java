package com.eventuall.presence;

/** The subjects of events from other services: per subject only the newest event counts. */
public final class Subjects {
    public static final String RECORDING = "recording";
    public static final String QUEUE = "queue";
    public static final String CHAT = "chat";

    private Subjects() {}

    /** One person's being on stage. */
    public static String stage(String userId) {
        return "stage:" + userId;
    }
}
