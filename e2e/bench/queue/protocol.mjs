// As much of y-protocols as a load needs: frames to send, and what the frames of the others hold.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const AUTH = 2;

/** Frames of one dialect: Hocuspocus puts the document's name in front of everything. */
export const dialect = (name) => {
  const frame = (write) => {
    const encoder = encoding.createEncoder();
    if (name) encoding.writeVarString(encoder, name);
    write(encoder);
    return Buffer.from(encoding.toUint8Array(encoder));
  };
  const sync = (step, payload) =>
    frame((encoder) => {
      encoding.writeVarUint(encoder, SYNC);
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, payload);
    });
  return {
    /** The first frame of a connection, where one is needed. */
    hello: name
      ? frame((encoder) => {
          encoding.writeVarUint(encoder, AUTH);
          encoding.writeVarUint(encoder, 0);
          encoding.writeVarString(encoder, "token");
        })
      : null,
    /** Asks for everything: the state vector of an empty document. */
    askAll: sync(0, new Uint8Array([0])),
    update: (update) => sync(2, update),
    /** The update in a frame, or null if the frame is of another kind. */
    updateIn: (data) => {
      const decoder = decoding.createDecoder(data);
      if (name) decoding.readVarString(decoder);
      if (decoding.readVarUint(decoder) !== SYNC) return null;
      const step = decoding.readVarUint(decoder);
      return step === 0 ? null : { step, update: decoding.readVarUint8Array(decoder).slice() };
    },
  };
};
