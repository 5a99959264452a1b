import { useRoom } from "@eventuall/realtime/react";
import { useEffect, useState } from "react";
import { type Entry, joinOptions, readEntry, rememberEntry } from "./entry/entry";
import { JoinForm } from "./entry/JoinForm";
import { RoomPage } from "./room/RoomPage";
import { useAskedVendors, VendorsProvider } from "./vendors/vendors";

/** Outside a room the form, inside the room's page. */
export function App() {
  const [entry, setEntry] = useState(() => readEntry(location.search, sessionStorage));
  const [options, setOptions] = useState(() => (entry.autojoin ? joinOptions(entry) : undefined));
  const { room, joining, error } = useRoom(options);
  const vendors = useAskedVendors();

  useEffect(() => {
    document.title = room ? `${room.eventId} / ${room.roomId} · Eventuall Realtime` : "Eventuall Realtime";
  }, [room]);

  const join = (chosen: Entry) => {
    rememberEntry(chosen, sessionStorage);
    setEntry(chosen);
    setOptions(joinOptions(chosen));
  };

  if (room && vendors) {
    return (
      <VendorsProvider value={vendors}>
        <RoomPage room={room} onLeave={() => setOptions(undefined)} />
      </VendorsProvider>
    );
  }
  return <JoinForm initial={entry} joining={joining || room !== undefined} error={error} onJoin={join} />;
}
