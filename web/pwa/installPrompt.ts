import { useSyncExternalStore } from 'react';

/** Event of browsers that can install the app, which TypeScript does not declare. */
type InstallPromptEvent = Event & { prompt: () => Promise<unknown> };

/** How the app gets onto the home screen: by a question of the browser, or by steps in its menus. */
export type InstallWay = 'prompt' | 'steps';

let offer: InstallPromptEvent | null = null;
const listeners = new Set<() => void>();

const setOffer = (next: InstallPromptEvent | null) => {
  offer = next;
  listeners.forEach((listener) => listener());
};

/** Keeps the browser's offer to install the app until the user asks for it. To be called at the start. */
export function listenForInstall(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    // No banner: the entry in the account menu is enough.
    event.preventDefault();
    setOffer(event as InstallPromptEvent);
  });
  window.addEventListener('appinstalled', () => {
    setOffer(null);
  });
}

/** Shows the browser's question whether to install the app. It can be shown once. */
export async function promptInstall(): Promise<void> {
  const shown = offer;
  setOffer(null);
  await shown?.prompt();
}

/** Tells how this browser can install the app; null where it cannot, or where the app is installed. */
export function useInstallWay(): InstallWay | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => {
      if (isInstalled()) return null;
      if (offer) return 'prompt';
      return isIos() ? 'steps' : null;
    },
  );
}

const isInstalled = () => matchMedia('(display-mode: standalone)').matches;

/** Tells whether this is an iPhone or an iPad, which calls itself a Mac. */
const isIos = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
