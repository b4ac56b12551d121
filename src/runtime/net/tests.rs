use super::*;
use crate::domain::{PhoneNumberOrderId, Scope};
use crate::fetch::Keys;
use std::net::TcpListener;
use tokio::sync::mpsc;

fn key(endpoint: String) -> OrderKey {
    OrderKey {
        scope: Arc::new(Scope { profile: None, region: "us-east-1".into(), endpoint: Some(endpoint.into()) }),
        id: PhoneNumberOrderId::parse("3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d").unwrap(),
    }
}

fn net() -> (Net, mpsc::UnboundedReceiver<Message>) {
    let (messages, received) = unbounded_channel();
    let keys = Keys {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI".to_owned(),
        session_token: None,
    };
    (Net::start(FetchOptions::with_keys(keys), Clock::start(), messages).unwrap(), received)
}

#[test]
fn a_request_that_hangs_is_lost_when_it_is_aborted() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let key = key(format!("http://{}", listener.local_addr().unwrap()));
    let (net, mut received) = net();
    let request = RequestId(7);
    net.send(Errand::Fetch { request, key: key.clone() });
    let (_hanging, _) = listener.accept().unwrap();
    net.send(Errand::Abort(vec![request]));
    assert_eq!(received.blocking_recv(), Some(Message::Watch(WatchMessage::Lost { request, key })));
}

#[test]
fn a_request_is_answered_once_even_when_nothing_was_sent() {
    let (net, mut received) = net();
    let (request, key) = (RequestId(1), key("http://192.0.2.1".to_owned()));
    net.send(Errand::Fetch { request, key: key.clone() });
    let answer = received.blocking_recv();
    let Some(Message::Watch(WatchMessage::Answered(answered))) = answer else { panic!("{answer:?}") };
    assert_eq!((answered.request, answered.key, answered.result.is_err()), (request, key, true));
    net.send(Errand::Abort(vec![request]));
    drop(net);
    assert_eq!(received.blocking_recv(), None);
}
