package com.eventuall.queue;

/** Something that happened to one person, to be told to other services. */
public sealed interface StageFact {

    /** Somebody asks to come on stage. */
    record Requested(Waiting request) implements StageFact {}

    /** @param outcome {@code withdrawn}, {@code removed} or {@code expired} */
    record Withdrawn(Waiting request, String outcome) implements StageFact {}

    /** A stay begins. */
    record Entered(Stay stay) implements StageFact {}

    /** @param reason {@code demoted}, {@code removed}, {@code disconnected} or {@code limit} */
    record Exited(Stay stay, String reason) implements StageFact {}
}
