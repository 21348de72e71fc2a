import { graphql } from '../apollo/graphql';

/** Settings for how notifications reach the user. */
export const DELIVERY_SETTINGS = graphql(`
  fragment DeliverySettings_settings on DeliverySettings {
    topics {
      topic
      push
      mail
    }
    quietNights
    messagePreviews
    mailRefused
    devices {
      id
      device
      current
      lastSentAt
    }
    pushKey
  }
`);
