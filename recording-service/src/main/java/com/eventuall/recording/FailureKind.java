package com.eventuall.recording;

/** What a failed vendor call means for its effect. */
public enum FailureKind {
    /** The vendor judged the request and said no: nothing was done, and the same request will fare no better. */
    REFUSED,
    /** The request was surely not carried out, but may be later: 429, connection refused, breaker open. */
    NOT_NOW,
    /** Time-out, broken connection or 5xx: it may have happened. */
    UNKNOWN
}
