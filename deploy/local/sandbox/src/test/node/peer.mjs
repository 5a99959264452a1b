// Drives the sandbox with Twilio's own Node SDK. Arguments: base URL, account, API key, its secret, service, auth token.
// Prints what it saw as JSON; NodeSdkTest judges it.
import twilio from "twilio";

const [baseUrl, accountSid, apiKeySid, apiKeySecret, serviceSid, authToken] = process.argv.slice(2);

class Here extends twilio.RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, baseUrl) });
  }
}

const client = twilio(apiKeySid, apiKeySecret, { accountSid, httpClient: new Here() });
const service = client.conversations.v1.services(serviceSid);
const code = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    return [error.status, error.code];
  }
};

const seen = {};
const conversation = await service.conversations.create({
  uniqueName: "node:e1:r1",
  friendlyName: "Main room",
  attributes: JSON.stringify({ eventId: "e1" }),
  "timers.closed": "PT12H",
});
seen.state = conversation.state;
seen.attributes = conversation.attributes;
const here = service.conversations(conversation.sid);
seen.sameByName = (await service.conversations("node:e1:r1").fetch()).sid === conversation.sid;
seen.nameTaken = await code(() => service.conversations.create({ uniqueName: "node:e1:r1" }));
const roles = await service.roles.list();
const admin = roles.find((role) => role.friendlyName === "channel admin").sid;
seen.participant = (await here.participants.create({ identity: "u-1", roleSid: admin })).roleSid === admin;
seen.participantTwice = await code(() => here.participants.create({ identity: "u-1" }));
for (let i = 0; i < 5; i++) {
  await here.messages.create({ author: "u-1", body: `m${i} \u00e4\u{1F44D}` });
}
const messages = await here.messages.list({ order: "desc", pageSize: 2 });
seen.bodies = messages.map((message) => message.body);
seen.indexes = messages.map((message) => message.index);
const updated = await here.messages(messages[0].sid).update({
  attributes: JSON.stringify({ reactions: { heart: ["u-1"] } }),
});
seen.reactions = JSON.parse(updated.attributes);
seen.tooLong = await code(() =>
  here.messages(messages[0].sid).update({ attributes: JSON.stringify({ a: "x".repeat(4096) }) }),
);
seen.unknown = await code(() => here.messages(`IM${"0".repeat(32)}`).fetch());
seen.closed = (await here.update({ state: "closed" })).state;
seen.afterClose = await code(() => here.messages.create({ body: "late" }));
seen.removed = await here.remove();
seen.wrongKey = await code(() =>
  twilio(apiKeySid, "wrong", { accountSid, httpClient: new Here() })
    .conversations.v1.services(serviceSid)
    .conversations.list(),
);
seen.signature = twilio.getExpectedTwilioSignature(authToken, "https://live.example.com/v1/webhooks/twilio", {
  EventType: "onMessageAdded",
  Body: "gr\u00fc\u00df dich",
});
console.log(JSON.stringify(seen));
