// Kinds of personal data: DPV 2.3, extension pd (pd.csv, snapshot of 28 February 2026): which term is beneath which.
// IRI of a term: https://w3id.org/dpv/pd#<term>; of the three at the top: https://w3id.org/dpv#<term>. Labels are its words.

/** Broader term → the terms directly beneath it. */
const NARROWER: Readonly<Record<string, string>> = {
  AccountIdentifier: 'FinancialAccountNumber PaymentCardNumber',
  Age: 'AgeRange BirthDate',
  AgeRange: 'AgeExact',
  Authenticating: 'PINCode Password SecretText',
  Behavioural:
    'Attitude AuthenticationHistory BrowsingBehaviour CallLog Demeanour LinkClicked PerformanceAtWork Personality ' +
    'Reliability ServiceConsumptionBehaviour SocialBehaviour VehicleUsage',
  Biometric: 'FacialExpression FacialPrint Fingerprint Retina',
  BirthPlace: 'BirthCountry',
  BrowsingBehaviour: 'BrowserHistory BrowsingReferral',
  Communication: 'EmailContent SocialMedia SocialMediaCommunication VoiceCommunicationRecording VoiceMail',
  Contact: 'EmailAddress PhysicalAddress TelephoneNumber',
  Country: 'BirthCountry',
  Credit: 'CreditCapacity CreditRecord CreditStanding CreditWorthiness',
  CreditWorthiness: 'CreditScore',
  Criminal: 'CriminalCharge CriminalConviction CriminalOffence CriminalPardon',
  CurrentLocation: 'GPSCoordinate',
  Demographic: 'Geographic IncomeBracket PhysicalTrait',
  DeviceBased: 'BrowserFingerprint DeviceSoftware IPAddress MACAddress',
  DeviceSoftware: 'DeviceApplications DeviceOperatingSystem',
  Education: 'EducationExperience EducationQualification EducationTraining',
  EmailAddress: 'EmailAddressPersonal EmailAddressWork',
  EmploymentHistory: 'CurrentEmployment PastEmployment',
  Ethnicity: 'EthnicOrigin Race',
  External:
    'Behavioural Citizenship Demographic Ethnicity Identifying Language MedicalHealth Nationality ' +
    'PersonalDocuments PhysicalCharacteristic Sexual Vehicle',
  Family: 'FamilyStructure Relationship',
  FamilyStructure: 'Divorce Marriage Offspring Parent Sibling',
  Favourite: 'FavouriteColour FavouriteFood FavouriteMusic',
  Financial: 'FinancialAccount FinancialStatus Insurance Ownership Transactional',
  FinancialAccount: 'AccountIdentifier BankAccount PaymentCard',
  GroupMembership: 'TradeUnionMembership',
  Health: 'Genetic MentalHealth PhysicalHealth',
  HealthHistory: 'FamilyHealthHistory IndividualHealthHistory',
  Historical: 'LifeHistory',
  HouseOwned: 'ApartmentOwned',
  Identifying: 'Biometric Name OfficialID Picture UID Username VehicleLicense',
  Interest: 'Dislike Like',
  Internal: 'Authenticating Emotion KnowledgeBelief Mood Preference',
  KnowledgeBelief: 'PhilosophicalBelief ReligiousBelief TechnicalKnowledge Thought',
  Language: 'Accent Dialect',
  Location:
    'BirthPlace Country CurrentLocation Domicile HomeLocation PhysicalAddress Residency TravelHistory ' +
    'WorkLocation',
  MedicalHealth: 'BloodType DNACode Disability DrugTestResult Health HealthHistory HealthRecord Prescription',
  OfficialID: 'Passport',
  Ownership: 'CarOwned HouseOwned PersonalPossession',
  PaymentCard: 'PaymentCardExpiry PaymentCardNumber',
  PaymentCardNumber: 'CreditCardNumber',
  PersonalData: 'External Financial Historical Household Internal Profile Social Tracking',
  PhysicalAddress: 'City HouseNumber Locality PostalCode Region RoomNumber Street',
  PhysicalCharacteristic: 'Age Gender HairColour Height Piercing SkinTone Tattoo Weight',
  Preference: 'Favourite Intention Interest Opinion PrivacyPreference',
  Professional:
    'DisciplinaryAction Education EmploymentHistory Job PerformanceAtWork ProfessionalCertification ' +
    'ProfessionalEvaluation ProfessionalExperience ProfessionalInterview ProfessionalTraining Reference Salary ' +
    'School WorkEnvironment WorkHistory',
  ProfessionalExperience: 'WorkExperience',
  Profile: 'GroupProfile IndividualProfile',
  PublicLife:
    'Character CommunicationsMetadata GeneralReputation Interaction MaritalStatus PoliticalAffiliation ' +
    'PoliticalOpinion Religion SocialStatus',
  SensitivePersonalData: 'Vulnerability',
  ServiceConsumptionBehaviour: 'TVViewingBehaviour',
  Sexual: 'Fetish Proclivity SexualHistory SexualPreference',
  Social: 'Communication Criminal Family Professional PublicLife SocialBehaviour SocialNetwork',
  SocialMedia: 'PubliclyAvailableSocialMedia',
  SocialNetwork: 'Acquaintance Association Connection Friend GroupMembership',
  SpecialCategoryPersonalData:
    'Biometric EthnicOrigin MedicalHealth PhilosophicalBelief PoliticalAffiliation PoliticalOpinion Race Religion ' +
    'ReligiousBelief Sexual TradeUnionMembership',
  Tracking: 'Contact DeviceBased DigitalFingerprint Identifier Location UserAgent',
  Transactional: 'Credit Income LoanRecord Purchase PurchasesAndSpendingHabit Sale Tax Transaction',
  Vehicle: 'VehicleLicense VehicleUsage',
  VehicleLicense: 'VehicalLicenseNumber VehicalLicenseRegistration',
};

const BROADER: ReadonlyMap<string, readonly string[]> = Object.entries(NARROWER).reduce(
  (all, [broader, terms]) => terms.split(' ').reduce((map, t) => map.set(t, [...(map.get(t) ?? []), broader]), all),
  new Map<string, readonly string[]>(),
);

const isBeneath = (term: string, ancestor: string): boolean =>
  term === ancestor || (BROADER.get(term) ?? []).some((broader) => isBeneath(broader, ancestor));

export const isDataTerm = (term: string): boolean => BROADER.has(term);

/** Art. 9(1) GDPR, as the vocabulary marks it. */
export const isSpecial = (term: string): boolean => isBeneath(term, 'SpecialCategoryPersonalData');

/** The vocabulary does not mark these; Art. 10 GDPR has a rule of its own for them. */
export const isAboutCrime = (term: string): boolean => isBeneath(term, 'Criminal');

/** `BloodType` → `blood type`, for sentences; what is an abbreviation stays one. */
export const labelOfData = (term: string): string =>
  term
    .split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
