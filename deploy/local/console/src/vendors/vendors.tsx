import { createContext, useContext, useEffect, useState } from "react";

/** Which vendors this stack speaks to for real; the others have local stand-ins. */
export interface Vendors {
  readonly livekit: boolean;
  readonly twilio: boolean;
  readonly mux: boolean;
}

export const STAND_INS: Vendors = { livekit: false, twilio: false, mux: false };

const Context = createContext(STAND_INS);

/** Tells the parts of the page which vendors are real. */
export const VendorsProvider = Context.Provider;

export const useVendors = () => useContext(Context);

/** Asks the stack; where it does not tell, as without its development routes, nothing is taken for real. */
export async function askVendors(origin = ""): Promise<Vendors> {
  try {
    const response = await fetch(`${origin}/dev/info`, { signal: AbortSignal.timeout(5_000) });
    const info = (await response.json()) as Partial<Record<keyof Vendors, { sandbox?: boolean }>>;
    const real = (vendor: keyof Vendors) => info[vendor]?.sandbox === false;
    return { livekit: real("livekit"), twilio: real("twilio"), mux: real("mux") };
  } catch {
    return STAND_INS;
  }
}

/** Undefined until the stack has answered. */
export function useAskedVendors(): Vendors | undefined {
  const [vendors, setVendors] = useState<Vendors>();
  useEffect(() => {
    let gone = false;
    void askVendors().then((answer) => gone || setVendors(answer));
    return () => {
      gone = true;
    };
  }, []);
  return vendors;
}
