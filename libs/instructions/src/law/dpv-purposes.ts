// Purposes of the W3C Data Privacy Vocabulary 2.3 (dpv.csv, snapshot of February 2026): term → broader terms, label.
// Terms and hierarchy are the vocabulary's; the labels are our own words. IRI of a term: https://w3id.org/dpv#<term>.

export interface PurposeTerm {
  readonly broader: readonly string[];
  readonly label: string;
}

export const DPV_PURPOSES: Readonly<Record<string, PurposeTerm>> = {
  AcademicResearch: { broader: ['ResearchAndDevelopment'], label: 'research at a university or school' },
  AccountManagement: { broader: [], label: 'opening and keeping customer accounts' },
  Advertising: { broader: ['Marketing'], label: 'drawing attention to products or services' },
  AgeVerification: { broader: ['Verification'], label: 'checking that a person is old enough' },
  CombatClimateChange: { broader: ['PublicBenefit'], label: 'work against climate change in the public interest' },
  CommercialPurpose: { broader: [], label: 'business activities in general' },
  CommercialResearch: { broader: ['CommercialPurpose', 'ResearchAndDevelopment'], label: 'research for a business' },
  CommunicationForCustomerCare: {
    broader: ['CommunicationManagement', 'CustomerCare'],
    label: 'talking with customers to look after them',
  },
  CommunicationManagement: { broader: [], label: 'organising communication' },
  CounterMoneyLaundering: { broader: ['FraudPreventionAndDetection'], label: 'preventing money laundering' },
  Counterterrorism: { broader: ['PublicBenefit'], label: 'preventing terrorism' },
  CustomerCare: { broader: ['CustomerManagement'], label: 'helping and supporting customers' },
  CustomerClaimsManagement: { broader: ['CustomerManagement'], label: 'handling claims and complaints of customers' },
  CustomerManagement: { broader: [], label: 'looking after customers in general' },
  CustomerOrderManagement: { broader: ['CustomerManagement'], label: 'taking and processing orders' },
  CustomerRelationshipManagement: {
    broader: ['CustomerManagement'],
    label: 'keeping up the relation with customers (CRM)',
  },
  CustomerSolvencyMonitoring: { broader: ['CustomerManagement'], label: 'watching whether customers can pay' },
  DataAltruism: { broader: ['PublicBenefit'], label: 'data given for the common good' },
  DeliveryOfGoods: { broader: ['RequestedServiceProvision'], label: 'delivering what was ordered' },
  DirectMarketing: { broader: ['Marketing'], label: 'sending advertising to individual people' },
  DisputeManagement: { broader: ['OrganisationGovernance'], label: 'handling disputes' },
  EnforceAccessControl: { broader: ['EnforceSecurity'], label: 'controlling who gets in' },
  EnforceSecurity: { broader: [], label: 'keeping things secure' },
  EstablishContractualAgreement: { broader: [], label: 'preparing and concluding a contract' },
  FraudPreventionAndDetection: { broader: ['MisusePreventionAndDetection'], label: 'preventing and finding fraud' },
  FulfilmentOfContractualObligation: { broader: ['FulfilmentOfObligation'], label: 'doing what a contract demands' },
  FulfilmentOfObligation: { broader: [], label: 'doing what one is obliged to' },
  HumanResourceManagement: { broader: [], label: 'managing staff' },
  IdentityAuthentication: { broader: ['EnforceSecurity'], label: 'checking log-ins' },
  IdentityVerification: { broader: ['Verification'], label: 'checking who somebody is' },
  ImproveExistingProductsAndServices: { broader: ['OptimisationForController'], label: 'improving what is offered' },
  ImproveHealthcare: { broader: ['PublicBenefit'], label: 'improving health care in the public interest' },
  ImproveInternalCRMProcesses: {
    broader: ['CustomerRelationshipManagement', 'OptimisationForController'],
    label: 'improving the way customers are managed',
  },
  ImprovePublicServices: { broader: ['PublicBenefit'], label: 'improving public services' },
  ImproveTransportMobility: { broader: ['PublicBenefit'], label: 'improving transport' },
  IncreaseServiceRobustness: { broader: ['OptimisationForController'], label: 'making a service more reliable' },
  InternalResourceOptimisation: { broader: ['OptimisationForController'], label: 'using own resources better' },
  LegalCompliance: { broader: ['FulfilmentOfObligation'], label: 'complying with the law' },
  MaintainFraudDatabase: { broader: ['FraudPreventionAndDetection'], label: 'keeping a register of fraud' },
  Marketing: { broader: [], label: 'promoting products, services or a brand' },
  MemberPartnerManagement: { broader: ['OrganisationGovernance'], label: 'looking after members and partners' },
  MisusePreventionAndDetection: { broader: ['EnforceSecurity'], label: 'preventing and finding misuse' },
  NonCommercialPurpose: { broader: [], label: 'activities that are not business' },
  NonCommercialResearch: {
    broader: ['NonCommercialPurpose', 'ResearchAndDevelopment'],
    label: 'research that is not for a business',
  },
  OptimisationForConsumer: { broader: ['ServiceOptimisation'], label: 'making a service better for its users' },
  OptimisationForController: { broader: ['ServiceOptimisation'], label: 'making a service better for its provider' },
  OptimiseUserInterface: { broader: ['OptimisationForConsumer'], label: 'improving how a service looks and is used' },
  OrganisationComplianceManagement: {
    broader: ['OrganisationGovernance'],
    label: 'managing compliance inside an organisation',
  },
  OrganisationGovernance: { broader: [], label: 'running an organisation' },
  OrganisationRiskManagement: { broader: ['OrganisationGovernance'], label: 'managing risks of an organisation' },
  PaymentManagement: { broader: ['ServiceManagement'], label: 'handling payments' },
  Personalisation: { broader: [], label: 'adapting things to a person' },
  PersonalisedAdvertising: { broader: ['Advertising', 'Personalisation'], label: 'advertising adapted to a person' },
  PersonalisedBenefits: { broader: ['ServicePersonalisation'], label: 'benefits adapted to a person' },
  PersonnelBehaviourMonitoring: { broader: ['PersonnelMonitoring'], label: 'watching the behaviour of staff' },
  PersonnelHiring: { broader: ['PersonnelManagement'], label: 'hiring staff' },
  PersonnelManagement: { broader: ['HumanResourceManagement'], label: 'managing people who work for one' },
  PersonnelMonitoring: { broader: ['PersonnelManagement'], label: 'watching staff' },
  PersonnelOffboarding: { broader: ['PersonnelManagement'], label: 'ending employment' },
  PersonnelOnboarding: { broader: ['PersonnelHiring'], label: 'starting employment' },
  PersonnelPayment: { broader: ['PersonnelManagement'], label: 'paying staff' },
  PersonnelPerformanceEvaluation: {
    broader: ['PersonnelPerformanceManagement'],
    label: 'judging the performance of staff',
  },
  PersonnelPerformanceManagement: {
    broader: ['PersonnelManagement', 'PersonnelMonitoring'],
    label: 'managing the performance of staff',
  },
  PersonnelPerformanceMonitoring: {
    broader: ['PersonnelMonitoring', 'PersonnelPerformanceManagement'],
    label: 'watching the performance of staff',
  },
  PersonnelPerformancePrediction: {
    broader: ['PersonnelPerformanceManagement'],
    label: 'predicting the performance of staff',
  },
  PersonnelPromotionManagement: { broader: ['PersonnelManagement'], label: 'promoting staff' },
  PersonnelTerminationManagement: { broader: ['PersonnelManagement'], label: 'dismissing staff' },
  PersonnelWorkloadManagement: { broader: ['PersonnelManagement'], label: 'distributing work' },
  PoliticalCampaign: { broader: ['Advertising', 'Personalisation'], label: 'campaigning for votes' },
  ProtectionOfIPR: { broader: ['FulfilmentOfObligation'], label: 'protecting intellectual property' },
  ProtectionOfNationalSecurity: { broader: ['PublicBenefit'], label: 'protecting national security' },
  ProtectionOfPublicSecurity: { broader: ['PublicBenefit'], label: 'protecting public security' },
  ProvideEventRecommendations: { broader: ['ProvidePersonalisedRecommendations'], label: 'recommending events' },
  ProvideOfficialStatistics: { broader: ['PublicBenefit'], label: 'producing official statistics' },
  ProvidePersonalisedRecommendations: {
    broader: ['ServicePersonalisation'],
    label: 'recommendations adapted to a person',
  },
  ProvideProductRecommendations: { broader: ['ProvidePersonalisedRecommendations'], label: 'recommending products' },
  PublicBenefit: { broader: [], label: 'benefit of the public' },
  PublicPolicyMaking: { broader: ['PublicBenefit'], label: 'making public policy' },
  PublicRelations: { broader: ['Marketing'], label: 'caring for one’s reputation' },
  RecordManagement: { broader: [], label: 'keeping records' },
  RecruitmentAdvertising: { broader: ['Advertising', 'PersonnelHiring'], label: 'advertising vacancies' },
  RecruitmentApplicantBackgroundCheck: {
    broader: ['RecruitmentManagement'],
    label: 'checking the background of applicants',
  },
  RecruitmentApplicantCriminalBackgroundCheck: {
    broader: ['RecruitmentManagement'],
    label: 'checking the criminal record of applicants',
  },
  RecruitmentApplicantInformationAuthentication: {
    broader: ['RecruitmentManagement'],
    label: 'checking what applicants say',
  },
  RecruitmentApplicantSelection: { broader: ['RecruitmentManagement'], label: 'choosing among applicants' },
  RecruitmentApplicationAnalysis: { broader: ['RecruitmentApplicationManagement'], label: 'analysing applications' },
  RecruitmentApplicationManagement: { broader: ['RecruitmentManagement'], label: 'handling job applications' },
  RecruitmentApplicationScreening: { broader: ['RecruitmentApplicationManagement'], label: 'sifting applications' },
  RecruitmentInterviewAnalysis: { broader: ['RecruitmentInterviewManagement'], label: 'analysing job interviews' },
  RecruitmentInterviewAssessment: { broader: ['RecruitmentInterviewManagement'], label: 'judging job interviews' },
  RecruitmentInterviewManagement: { broader: ['RecruitmentManagement'], label: 'organising job interviews' },
  RecruitmentInterviewScheduling: {
    broader: ['RecruitmentInterviewManagement'],
    label: 'arranging dates of job interviews',
  },
  RecruitmentManagement: { broader: ['PersonnelHiring'], label: 'recruiting in general' },
  RecruitmentTargetedAdvertising: {
    broader: ['RecruitmentAdvertising', 'TargetedAdvertising'],
    label: 'advertising vacancies to chosen people',
  },
  RepairImpairments: { broader: ['ServiceManagement'], label: 'repairing faults of a service' },
  RequestedServiceProvision: { broader: ['ServiceProvision'], label: 'providing what a person asked for' },
  ResearchAndDevelopment: { broader: [], label: 'research and development' },
  RightsFulfilment: { broader: [], label: 'serving the rights of people' },
  ScientificResearch: { broader: ['ResearchAndDevelopment'], label: 'scientific research' },
  SearchFunctionalities: { broader: ['ServiceProvision'], label: 'offering a search' },
  SellDataToThirdParties: { broader: ['SellProducts'], label: 'selling data to others' },
  SellInsightsFromData: { broader: ['SellProducts'], label: 'selling findings drawn from data' },
  SellProducts: { broader: ['ServiceProvision'], label: 'selling products' },
  SellProductsToDataSubject: { broader: ['SellProducts'], label: 'selling products to the person concerned' },
  ServiceAccessDetermination: { broader: ['ServiceManagement'], label: 'deciding who may use a service' },
  ServiceManagement: { broader: [], label: 'running a service' },
  ServiceMonitoring: { broader: ['ServiceManagement'], label: 'watching how a service runs' },
  ServiceOptimisation: { broader: ['ServiceManagement'], label: 'making a service better' },
  ServicePersonalisation: {
    broader: ['Personalisation', 'ServiceManagement'],
    label: 'adapting a service to a person',
  },
  ServiceProvision: { broader: ['ServiceManagement'], label: 'providing a service' },
  ServiceRegistration: { broader: ['ServiceManagement'], label: 'signing up for a service' },
  ServiceUsageAnalytics: { broader: ['ServiceMonitoring'], label: 'analysing how a service is used' },
  SocialMediaMarketing: { broader: ['Marketing'], label: 'marketing on social media' },
  TargetedAdvertising: { broader: ['PersonalisedAdvertising'], label: 'advertising aimed at chosen people' },
  TechnicalServiceProvision: { broader: ['ServiceProvision'], label: 'technical operation of a service' },
  UserInterfacePersonalisation: { broader: ['ServicePersonalisation'], label: 'adapting an interface to a person' },
  VendorManagement: { broader: [], label: 'managing suppliers' },
  VendorPayment: { broader: ['VendorManagement'], label: 'paying suppliers' },
  VendorRecordsManagement: { broader: ['VendorManagement'], label: 'keeping records of suppliers' },
  VendorSelectionAssessment: { broader: ['VendorManagement'], label: 'choosing suppliers' },
  Verification: { broader: ['EnforceSecurity'], label: 'checking that something is true' },
};

/** Is `term` the same as `ancestor`, or narrower? */
export function isA(term: string, ancestor: string): boolean {
  if (term === ancestor) return true;
  const known = Object.hasOwn(DPV_PURPOSES, term) ? DPV_PURPOSES[term] : undefined;
  return known?.broader.some((broader) => isA(broader, ancestor)) ?? false;
}

export const isPurposeTerm = (term: string): boolean => Object.hasOwn(DPV_PURPOSES, term);

/** In words; an unknown term is its own. */
export const labelOfPurpose = (term: string): string =>
  (Object.hasOwn(DPV_PURPOSES, term) ? DPV_PURPOSES[term]?.label : undefined) ?? term;
