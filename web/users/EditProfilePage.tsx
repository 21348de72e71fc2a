import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Paper } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import * as z from 'zod';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import { InputForm } from '../ui/InputForm';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import {
  AboutField,
  AddressField,
  NameField,
  PhoneField,
} from './PersonFields';
import { PhotoUpload } from '../photos/PhotoUpload';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { UpdateProfileInputSchema } from '../generated/validators';
import { paths } from '../paths';
import type { UploadedPhoto } from '../photos/uploadPhoto';

const EDIT_PROFILE = graphql(`
  query EditProfile {
    me {
      id
      name
      about
      address
      phone
      photo {
        id
        url
      }
    }
  }
`);

const UPDATE_PROFILE = graphql(
  `
    mutation UpdateProfile($input: UpdateProfileInput!) {
      updateProfile(input: $input) {
        user {
          id
          name
          about
          address
          phone
          photo {
            id
            url
          }
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** The form keeps the picture with its URL, so that a draft can show it. */
const SCHEMA = UpdateProfileInputSchema.omit({ photoId: true }).extend({
  photos: z.array(z.custom<UploadedPhoto>()),
});

/** Edits the user's profile. */
export function EditProfilePage() {
  const { data, error, refetch } = useQuery(EDIT_PROFILE);

  if (!data)
    return (
      <PagePending
        title={t('users.edit.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { name, about, address, phone, photo } = data.me;
  return (
    <EditForm
      saved={{
        photos: photo ? [{ id: photo.id, url: photo.url }] : [],
        name,
        about,
        address: address ?? '',
        phone: phone ?? '',
      }}
    />
  );
}

/** Fields of the profile form. */
type ProfileValues = {
  photos: UploadedPhoto[];
  name: string;
  about: string;
  address: string;
  phone: string;
};

function EditForm({ saved }: { saved: ProfileValues }) {
  const navigate = useNavigate();
  const [updateProfile] = useMutation(UPDATE_PROFILE);
  const [isUploading, setIsUploading] = useState(false);

  const handle = useInputForm({
    schema: SCHEMA,
    initialValues: saved,
    draft: paths.editProfile,
    send: async ({ photos, ...input }) => {
      if (isUploading)
        return [
          {
            message: t('users.edit.photoPending'),
            field: ['photos'],
          },
        ];
      const { data } = await updateProfile({
        variables: {
          input: {
            ...input,
            photoId: photos[0]?.id ?? null,
            address: input.address === '' ? null : input.address,
            phone: input.phone === '' ? null : input.phone,
          },
        },
      });
      const { user, errors } = data?.updateProfile ?? {};
      if (user) {
        toastDone(t('users.edit.saved'));
        await navigate(paths.profile, { replace: true });
      }
      return (errors ?? []).map((refusal) =>
        refusal.field?.[0] === 'photoId'
          ? { ...refusal, field: ['photos'] }
          : refusal,
      );
    },
  });
  const { form } = handle;

  return (
    <Page title={t('users.edit.title')} size="sm">
      <Paper className="surface" p="lg">
        <InputForm
          handle={handle}
          submitLabel={t('users.edit.save')}
          secondary={
            <Button component={Link} to={paths.profile} variant="subtle">
              {t('users.edit.back')}
            </Button>
          }
        >
          <PhotoUpload
            label={t('users.edit.photo')}
            photos={form.values.photos}
            onChange={(change) => {
              form.setFieldValue('photos', change);
              form.clearFieldError('photos');
            }}
            onUploading={setIsUploading}
            max={1}
            error={form.errors.photos}
          />
          <NameField {...form.getInputProps('name')} />
          <AboutField minRows={5} {...form.getInputProps('about')} />
          <AddressField {...form.getInputProps('address')} />
          <PhoneField {...form.getInputProps('phone')} />
        </InputForm>
      </Paper>
    </Page>
  );
}
