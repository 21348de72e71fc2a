import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { DELIVERY_SETTINGS } from './deliverySettings';

/** Lets this browser get pushes. */
export const ADD_PUSH_DEVICE = graphql(
  `
    mutation AddPushDevice($input: AddPushDeviceInput!) {
      addPushDevice(input: $input) {
        settings {
          ...DeliverySettings_settings
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [DELIVERY_SETTINGS, USER_ERROR_FIELDS],
);
