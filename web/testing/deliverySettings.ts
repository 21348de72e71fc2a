/** Settings of deliveries as the API answers them to a new user. */
export const SETTINGS = {
  topics: [
    { topic: 'MY_LOANS', push: true, mail: true },
    { topic: 'MESSAGES', push: true, mail: true },
    { topic: 'DUE_DATES', push: true, mail: true },
    { topic: 'NEIGHBORHOOD', push: true, mail: false },
    { topic: 'STEWARDS_WORK', push: true, mail: true },
    { topic: 'WEEKLY_DIGEST', push: false, mail: true },
  ],
  quietNights: true,
  messagePreviews: false,
  mailRefused: false,
  devices: [],
  pushKey: 'BEl62iUYgUivxIkv69yViEuiBIa',
};
