import { useEffect, useState } from 'react';

const TICK = 15_000;

/** The current time, epoch ms, refreshed often enough that an age on a page nobody refreshes keeps growing. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return now;
}
