import { Panel } from "../ui/Panel";
import { useVendors } from "../vendors/vendors";

/** Which vendors are real here, and how to make them so. */
export function VendorsPanel() {
  const vendors = useVendors();
  const rows = [
    { name: "LiveKit", what: "video", key: "LIVEKIT_API_KEY", real: vendors.livekit },
    { name: "Twilio", what: "chat", key: "TWILIO_ACCOUNT_SID", real: vendors.twilio },
    { name: "Mux", what: "recordings", key: "MUX_TOKEN_ID", real: vendors.mux },
  ];
  return (
    <Panel title="Vendors" testId="vendors">
      <ul className="vendors">
        {rows.map(({ name, what, key, real }) => (
          <li key={name} data-testid="vendor" data-name={name} data-real={real}>
            <span className="vendor-name">
              {name} <span className="hint">{what}</span>
            </span>
            <span className={`badge ${real ? "badge-online" : ""}`}>{real ? "Real" : "Stand-in"}</span>
            {real ? null : (
              <span className="hint vendor-how">
                Real with <code>{key}</code> in the stack's environment.
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
