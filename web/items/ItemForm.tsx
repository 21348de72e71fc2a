import type { UseFormReturnType } from '@mantine/form';
import { NativeSelect, NumberInput, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import * as z from 'zod';
import { CreateItemInputSchema } from '../generated/validators';
import type { CreateItemInput, ItemCategory } from '../generated/types';
import type { UploadedPhoto } from '../photos/uploadPhoto';
import { t } from '../languages/texts';
import { InputForm } from '../ui/InputForm';
import { PhotoUpload } from '../photos/PhotoUpload';
import { categoryOptions } from './itemCategory';
import type { InputError } from '../ui/useInputForm';
import { useInputForm } from '../ui/useInputForm';

/** Values of the item form. */
export type ItemValues = {
  photos: UploadedPhoto[];
  title: string;
  /** Empty until a category is chosen. */
  category: ItemCategory | '';
  description: string;
  maxLoanDays: number | '';
  bufferDays: number | '';
  pickupNote: string;
};

/** Item input of the API, for a new or an existing item. */
export type ItemInput = Omit<CreateItemInput, 'neighborhoodId'>;

/** The form keeps pictures with their URLs, so that a draft can show them. */
const FORM_SCHEMA = CreateItemInputSchema.omit({
  neighborhoodId: true,
  photoIds: true,
}).extend({ photos: z.array(z.custom<UploadedPhoto>()) });

const stillUploading = (): InputError => ({
  message: t('items.form.photosPending'),
  field: ['photos'],
});

/** Form for a new or an existing item. */
export function ItemForm({
  saved,
  draft,
  submitLabel,
  secondary,
  send,
}: {
  saved: ItemValues;
  /** The page's path. */
  draft: string;
  submitLabel: string;
  /** Shown beside the submit button. */
  secondary?: ReactNode;
  /** Sends the input. Returns the API's errors. */
  send: (input: ItemInput) => Promise<readonly InputError[]>;
}) {
  const [isUploading, setIsUploading] = useState(false);
  const handle = useInputForm({
    schema: FORM_SCHEMA,
    initialValues: saved,
    draft,
    send: async ({ photos, ...input }) => {
      if (isUploading) return [stillUploading()];
      const photoIds = photos.map(({ id }) => id);
      const refused = await send({ ...input, photoIds });
      return refused.map((refusal) =>
        refusal.field?.[0] === 'photoIds'
          ? { ...refusal, field: ['photos'] }
          : refusal,
      );
    },
  });
  const { form } = handle;

  return (
    <InputForm handle={handle} submitLabel={submitLabel} secondary={secondary}>
      <PhotoUpload
        label={t('items.form.photos')}
        description={t('items.form.photosHint')}
        photos={form.values.photos}
        onChange={(change) => {
          form.setFieldValue('photos', change);
          form.clearFieldError('photos');
        }}
        onUploading={setIsUploading}
        error={form.errors.photos}
      />
      <ItemFields form={form} />
    </InputForm>
  );
}

function ItemFields({ form }: { form: UseFormReturnType<ItemValues> }) {
  return (
    <>
      <TextInput
        label={t('items.form.title')}
        placeholder={t('items.form.titleExample')}
        autoComplete="off"
        required
        {...form.getInputProps('title')}
      />
      <NativeSelect
        label={t('items.form.category')}
        size="md"
        maw={360}
        data={[
          { value: '', label: t('items.form.choose') },
          ...categoryOptions(),
        ]}
        required
        {...form.getInputProps('category')}
      />
      <Textarea
        label={t('items.form.description')}
        description={t('items.form.descriptionHint')}
        autosize
        minRows={4}
        {...form.getInputProps('description')}
      />
      <DaysInput
        label={t('items.form.maxLoanDays')}
        description={t('items.form.maxLoanDaysHint')}
        {...form.getInputProps('maxLoanDays')}
      />
      <DaysInput
        label={t('items.form.bufferDays')}
        description={t('items.form.bufferDaysHint')}
        {...form.getInputProps('bufferDays')}
      />
      <Textarea
        label={t('items.form.pickupNote')}
        description={t('items.form.pickupNoteHint')}
        placeholder={t('items.form.pickupNoteExample')}
        autosize
        minRows={2}
        {...form.getInputProps('pickupNote')}
      />
    </>
  );
}

function DaysInput(
  props: { label: string; description: string } & ReturnType<
    UseFormReturnType<ItemValues>['getInputProps']
  >,
) {
  return (
    <NumberInput
      maw={360}
      maxLength={3}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      inputMode="numeric"
      autoComplete="off"
      required
      hideControls
      {...props}
    />
  );
}
