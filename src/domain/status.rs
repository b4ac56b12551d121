//! The states of orders and numbers, spelt as AWS spells them.
//!
//! Source: the enums `PhoneNumberOrderStatus`, `OrderedPhoneNumberStatus`, `PhoneNumberProductType` and
//! `PhoneNumberOrderType` of the API model `chime-sdk-voice` 2022-08-03. A value that is not listed is kept
//! as it came: unknown is shown, and never taken for success.

use super::Text;
use std::fmt;

/// Declares an enum whose known values have one spelling each, with everything else kept as text.
macro_rules! spelled {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A value that the API's model does not list, as it came: aside, because there are many orders and few of
            /// these.
            Unknown(Box<Text>),
        }

        impl $name {
            /// Every known value, in the order of the API's model.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// Reads a value as the API spells it.
            pub fn parse(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Unknown(Box::new(Text::new(other))),
                }
            }

            /// The value as the API spells it; unneutralised where it is unknown.
            pub fn raw(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text.raw(),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Unknown(text) => text.fmt(f),
                    known => f.pad(known.raw()),
                }
            }
        }
    };
}

spelled! {
    /// The state of an order.
    OrderStatus {
        /// AWS works on it.
        Processing = "Processing",
        /// All numbers were acquired.
        Successful = "Successful",
        /// No number was acquired.
        Failed = "Failed",
        /// Some numbers were acquired, some failed.
        Partial = "Partial",
        /// Porting: AWS Support waits for documents.
        PendingDocuments = "PendingDocuments",
        /// Porting: the carrier's answer is pending.
        Submitted = "Submitted",
        /// Porting: the firm order commitment, a date agreed with the carrier.
        Foc = "FOC",
        /// Porting: a change was asked for.
        ChangeRequested = "ChangeRequested",
        /// Porting: AWS Support needs details.
        Exception = "Exception",
        /// Porting: the end of the order was asked for.
        CancelRequested = "CancelRequested",
        /// Porting: ended by AWS Support.
        Cancelled = "Cancelled",
    }
}

spelled! {
    /// The state of one number of an order.
    NumberStatus {
        /// AWS works on it.
        Processing = "Processing",
        /// It belongs to the account.
        Acquired = "Acquired",
        /// It could not be had; the API gives no reason.
        Failed = "Failed",
    }
}

spelled! {
    /// What the numbers are for.
    ProductType {
        /// Amazon Chime Business Calling, of the older `chime` namespace.
        BusinessCalling = "BusinessCalling",
        /// An Amazon Chime Voice Connector.
        VoiceConnector = "VoiceConnector",
        /// A SIP media application.
        SipMediaApplicationDialIn = "SipMediaApplicationDialIn",
    }
}

spelled! {
    /// How the numbers come.
    OrderType {
        /// New numbers from the inventory of AWS.
        New = "New",
        /// Numbers brought from another carrier.
        Porting = "Porting",
    }
}

/// What a state means for a script, the same few words for every state. Names of `--output json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bucket {
    /// Everything was acquired.
    Done,
    /// Some of it was.
    Partial,
    /// None of it was, or the order was cancelled.
    Failed,
    /// AWS or a carrier works on it.
    Waiting,
    /// A person has to act before it goes on.
    ActionNeeded,
    /// A state that we do not know; never success.
    Unknown,
}

impl Bucket {
    /// The word of `--output json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Waiting => "waiting",
            Self::ActionNeeded => "action_needed",
            Self::Unknown => "unknown",
        }
    }
}

impl OrderStatus {
    /// What the state means for a script.
    pub const fn bucket(&self) -> Bucket {
        match self {
            Self::Successful => Bucket::Done,
            Self::Partial => Bucket::Partial,
            Self::Failed | Self::Cancelled => Bucket::Failed,
            Self::Processing
            | Self::Submitted
            | Self::Foc
            | Self::ChangeRequested
            | Self::CancelRequested => Bucket::Waiting,
            Self::PendingDocuments | Self::Exception => Bucket::ActionNeeded,
            Self::Unknown(_) => Bucket::Unknown,
        }
    }

    /// True for the states after which AWS changes nothing, as far as it says: `Partial` is not among them,
    /// because the API does not say whether it is final.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Successful | Self::Failed | Self::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_reads_back_as_aws_spells_it() {
        let spelling: Vec<_> = OrderStatus::KNOWN.iter().map(ToString::to_string).collect();
        assert_eq!(
            spelling.join(" "),
            "Processing Successful Failed Partial PendingDocuments Submitted FOC ChangeRequested Exception \
             CancelRequested Cancelled"
        );
        for status in OrderStatus::KNOWN {
            assert_eq!(OrderStatus::parse(status.raw()), *status);
        }
        assert_eq!(
            NumberStatus::KNOWN.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["Processing", "Acquired", "Failed"]
        );
    }

    #[test]
    fn an_unknown_state_is_kept_as_it_came_and_is_no_success() {
        let status = OrderStatus::parse("Teleported\x1b[2J");
        assert_eq!(status.raw(), "Teleported\x1b[2J");
        assert_eq!(status.to_string(), r"Teleported\u{1b}[2J");
        assert_eq!((status.bucket(), status.is_final()), (Bucket::Unknown, false));
    }
}
