package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Sids;
import java.security.SecureRandom;

/**
 * The credentials of an account with one conversation service. The REST API takes the API key or the account; the auth token
 * also signs webhooks, the API key secret signs access tokens.
 */
public record TwilioKeys(
        String accountSid, String authToken, String apiKeySid, String apiKeySecret, String serviceSid) {

    /** New random credentials. */
    public static TwilioKeys generate() {
        Sids sids = new Sids(new SecureRandom());
        return new TwilioKeys(sids.hex("AC"), sids.hex(""), sids.hex("SK"), sids.letters("", 32), sids.hex("IS"));
    }
}
