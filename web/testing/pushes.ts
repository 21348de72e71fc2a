/** Gives this browser what notifications need. */
export function allowPushes(permission: NotificationPermission = 'granted') {
  const unsubscribe = jest.fn(() => Promise.resolve(true));
  const subscription = {
    unsubscribe,
    options: { applicationServerKey: null },
    toJSON: () => ({
      endpoint: 'https://push.example.org/x',
      keys: { p256dh: 'key', auth: 'secret' },
    }),
  };
  const pushManager = {
    getSubscription: () => Promise.resolve(null),
    subscribe: jest.fn(() => Promise.resolve(subscription)),
  };
  const registration = { pushManager };
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: {
      ready: Promise.resolve(registration),
      getRegistration: () => Promise.resolve(registration),
    },
  });
  const requestPermission = jest.fn(() => Promise.resolve(permission));
  Object.assign(window, {
    PushManager: class {},
    Notification: { permission: 'default', requestPermission },
  });
  return { pushManager, requestPermission };
}

/** Takes away what `allowPushes` gave. */
export function removePushes(): void {
  for (const [object, name] of [
    [navigator, 'serviceWorker'],
    [window, 'PushManager'],
    [window, 'Notification'],
  ] as const)
    Reflect.deleteProperty(object, name);
}
