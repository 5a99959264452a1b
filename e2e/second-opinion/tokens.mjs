// Reads {livekit: {token, apiKey, apiSecret}, twilio: {token, accountSid, apiKeySid, apiKeySecret, serviceSid, identity}} from
// standard input and writes what the vendors' own SDKs make of the tokens: LiveKit's verifier its claims, Twilio's signer the
// claims it would have written itself.
import { readFileSync } from "node:fs";
import { createHmac, timingSafeEqual } from "node:crypto";
import { TokenVerifier } from "livekit-server-sdk";
import twilio from "twilio";

const input = JSON.parse(readFileSync(0, "utf8"));

const livekit = await new TokenVerifier(input.livekit.apiKey, input.livekit.apiSecret).verify(input.livekit.token);

let otherSecret = "accepted";
try {
  await new TokenVerifier(input.livekit.apiKey, "another-secret-that-is-also-32-bytes-long").verify(input.livekit.token);
} catch (refusal) {
  otherSecret = refusal.code;
}

const { AccessToken } = twilio.jwt;
const expected = new AccessToken(input.twilio.accountSid, input.twilio.apiKeySid, input.twilio.apiKeySecret, {
  identity: input.twilio.identity,
  ttl: 3600,
});
expected.addGrant(new AccessToken.ChatGrant({ serviceSid: input.twilio.serviceSid }));
const part = (token, index) => JSON.parse(Buffer.from(token.split(".")[index], "base64url").toString());
const [header, payload, signature] = input.twilio.token.split(".");
const mac = createHmac("sha256", input.twilio.apiKeySecret).update(`${header}.${payload}`).digest();

process.stdout.write(
  JSON.stringify({
    livekit: { claims: livekit, otherSecret },
    twilio: {
      signed: timingSafeEqual(mac, Buffer.from(signature, "base64url")),
      header: part(input.twilio.token, 0),
      claims: part(input.twilio.token, 1),
      expectedHeader: part(expected.toJwt(), 0),
      expectedClaims: part(expected.toJwt(), 1),
    },
  }),
);
